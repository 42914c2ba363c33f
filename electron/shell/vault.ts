import { safeStorage } from 'electron';
import type { Vault } from './sealed-key.ts';

/**
 * Windows' data protection, macOS's keychain, or Linux's keyring. Without a keyring Chromium would fall back to a
 * password that stands in its source: that is no vault.
 */
export function createSystemVault(platform: NodeJS.Platform): Vault {
  return {
    isAvailable: async () => {
      if (platform === 'linux') {
        const backend = safeStorage.getSelectedStorageBackend();
        if (backend === 'basic_text' || backend === 'unknown') return false;
      }
      return await safeStorage.isAsyncEncryptionAvailable();
    },
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { text: result, isStale: shouldReEncrypt };
    },
  };
}
