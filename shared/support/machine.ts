/** What a PC or a server tells of itself to whoever helps. Nothing secret and nothing of a person is in it. */
export interface Machine {
  /** Versions, sizes and the like. */
  facts(): Promise<Readonly<Record<string, unknown>>>;
  /** The end of each log. */
  logs(): Promise<readonly { readonly name: string; readonly text: string }[]>;
}
