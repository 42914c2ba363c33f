/**
 * The page's policy forbids code made at run time. zod would try it where a schema is made, be refused, and have the
 * refusal written into the console of every till: so it is told before the modules with schemas are even loaded.
 */
import { z } from 'zod';

z.config({ jitless: true });
const { startTill } = await import('./start-till.tsx');
startTill();
