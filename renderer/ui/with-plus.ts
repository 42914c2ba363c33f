/** The text of a difference with the sign that a surplus has: what is missing has its minus already. */
export function withPlus(difference: number, text: string): string {
  return difference > 0 ? `+${text}` : text;
}
