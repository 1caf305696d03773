type Rgb = [number, number, number];

/** WCAG's contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(parse(one)), luminance(parse(other))].toSorted((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour, mixed with black or white until it can be read on `ground`, and on `ground` with a wash of itself. */
export function readable(colour: string, ground: string, least = 6): string {
  const towards = luminance(parse(ground)) > 0.4 ? 0 : 255;
  let share = 0;
  let mixed = colour;
  while (contrast(mixed, ground) < least && share < 1) {
    share += 0.04;
    mixed = mix(colour, towards, share);
  }
  return mixed;
}

function mix(colour: string, towards: number, share: number): string {
  const parts = parse(colour).map((part) => Math.round(part + (towards - part) * Math.min(share, 1)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
