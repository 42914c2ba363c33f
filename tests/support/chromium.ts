/** Tests of screens take their browser from here; the demo's check takes the same one. */
export { launchChromium } from '../../commands/chromium.ts';
