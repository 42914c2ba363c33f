/**
 * Imported before anything else: what is done here keeps to the page's policy. It forbids code made at run time; zod would
 * try it, be refused, and have the refusal written into the browser's console. It forbids text to become HTML too;
 * react-aria empties what it reads out to screen readers by an empty text, and its field for a day would break over the
 * refusal, so that the empty text alone may pass.
 */
import { z } from 'zod';

interface TrustedTypes {
  createPolicy(name: string, rules: { readonly createHTML: (html: string) => string | null }): unknown;
}

z.config({ jitless: true });

// TypeScript's own types of the browser don't know it; a browser without it has no such rule.
const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', { createHTML: (html) => (html === '' ? html : null) });
