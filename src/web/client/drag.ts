/**
 * Follows a pointer that is down until it is up. The window listens, because an element that moves
 * in the page loses its pointer.
 */
export function dragged(onMove: (event: PointerEvent) => void, onEnd: () => void = () => undefined): void {
  const ended = new AbortController();
  const { signal } = ended;
  const end = () => {
    ended.abort();
    onEnd();
  };
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', end, { signal });
  window.addEventListener('pointercancel', end, { signal });
}
