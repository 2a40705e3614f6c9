import { useState } from 'hono/jsx/dom';

import type { DrawerProps } from './drawers.tsx';

/** A picture of the game at the moment that is shown, to keep or to share. */
export function PicturePanel({ gameId, timeline, shown }: DrawerProps) {
  const [copied, setCopied] = useState('');
  if (timeline.length === 0) return <p>There is nothing to see before the game has started.</p>;
  const address = `/games/${gameId}.svg${shown === timeline.length ? '' : `?at=${shown}`}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await (await fetch(address)).text());
      setCopied('Copied.');
    } catch {
      setCopied('This page cannot copy. Download the picture.');
    }
  };
  return (
    <div class="picture">
      {/* A game that goes on has another picture under the same address. */}
      <img
        src={`${address}${address.includes('?') ? '&' : '?'}of=${timeline.length}`}
        width={640}
        height={740}
        alt={`The board of game ${gameId} after ${shown} of ${timeline.length} events`}
      />
      <p class="buttons">
        <a class="button" href={address} download={`connect-four-${gameId}-${shown}.svg`}>
          Download
        </a>
        <button onClick={() => void copy()}>Copy the SVG</button>
        <span role="status">{copied}</span>
      </p>
    </div>
  );
}
