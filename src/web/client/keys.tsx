const keys = Object.entries({
  Tab: 'goes to the board. Arrow keys choose a column, and Enter drops a token.',
  'A … G': 'on the board: drops a token into this column at once.',
  '← →': 'anywhere else: one event back, or forward.',
  '↑ ↓': 'on the handle of the stream: also back and forward. Page, Home and End go further.',
  Escape: 'goes back to now.',
  '?': 'opens this, and closes it.',
});

/** What each key does. */
export function Keys() {
  return (
    <section id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {keys.map(([key, text]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
