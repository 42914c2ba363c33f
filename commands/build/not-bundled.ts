/** What stays outside of the desktop shell's bundle: Electron is the runtime, and these carry binaries. */
export const notBundled = ['electron', 'better-sqlite3', 'bcrypt'];
