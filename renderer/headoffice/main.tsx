// First, and alone: what the page is made of builds on it as soon as it is loaded.
import './without-eval.ts';

const { start } = await import('./start.tsx');
start();
