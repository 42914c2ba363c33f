/** The only thing that a window gets of Electron: a few named calls, each checked again on the other side. */
import { contextBridge, ipcRenderer } from 'electron';
import { bridgeName, type ShellBridge, shellChannels, type Told } from '../../shared/contract/shell.ts';

const bridge: ShellBridge = {
  opened: (again) => ipcRenderer.invoke(shellChannels.opened, again),
  invoke: (call) => ipcRenderer.invoke(shellChannels.invoke, call),
  listen: (listener) => {
    // Never the event itself: it would hand the sender over.
    const hear = (_event: unknown, told: Told): void => listener(told);
    ipcRenderer.on(shellChannels.told, hear);
    return () => void ipcRenderer.off(shellChannels.told, hear);
  },
  preferences: () => ipcRenderer.invoke(shellChannels.preferences),
  prefer: (changes) => ipcRenderer.invoke(shellChannels.prefer, changes),
  printers: () => ipcRenderer.invoke(shellChannels.printers),
  print: (paper) => ipcRenderer.invoke(shellChannels.print, paper),
  save: (file) => ipcRenderer.invoke(shellChannels.save, file),
  quit: () => ipcRenderer.invoke(shellChannels.quit),
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
