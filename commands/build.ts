/** `npm run build`: the screens, and the desktop shell that shows them, into `dist`. */
import { buildShell, shellFolder } from './build/shell.ts';
import { buildScreensAnew } from './demo/screens.ts';

await buildScreensAnew();
await buildShell(shellFolder);
console.log('dist/renderer: the screens; dist/shell: the desktop application');
