/**
 * Text that callers wrote, as it may stand in a document: nothing in it can turn the reading direction, hide, or be
 * anything else than the letters that are seen.
 */

/**
 * One line of visible text: control characters and line breaks become a space, what is invisible or turns the reading
 * direction is left out, half a surrogate pair is shown as U+FFFD. What the font has no picture of is shown as its code
 * point, `[U+4E2D]`: a question mark would make two names the same.
 */
export function printable(text: string, hasGlyph: (codePoint: number) => boolean): string {
  let shown = "";
  for (const character of text.normalize("NFC")) {
    const codePoint = character.codePointAt(0) as number;
    if (/\p{Cf}|\p{Variation_Selector}/u.test(character)) continue;
    if (/\p{Cc}|\p{Z}/u.test(character)) shown += " ";
    else if (/\p{Cs}/u.test(character)) shown += "\ufffd";
    else shown += hasGlyph(codePoint) ? character : `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;
  }
  return shown.replace(/ +/g, " ").trim();
}
