/**
 * Imported before anything else. The page's policy forbids code made at run time; zod would try it, be refused, and have
 * the refusal written into the browser's console.
 */
import { z } from 'zod';

z.config({ jitless: true });
