const PATIENCE_MS = 2_000;

/**
 * Loads an address in a frame that nobody sees, and settles when it has answered or has taken too long: what another origin
 * keeps in frames of this page is reached from a frame of this page alone.
 */
export function load(address: string): Promise<void> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    const end = () => {
      clearTimeout(timer);
      frame.remove();
      resolve();
    };
    const timer = setTimeout(end, PATIENCE_MS);
    frame.hidden = true;
    frame.addEventListener('load', end, { once: true });
    frame.src = address;
    document.body.append(frame);
  });
}
