import type { Facts } from './facts.ts';
import { button, element } from './dom.ts';
import { addressOf, seatIn, takeSeat, type Seat } from './seat.ts';

/** Who plays, and who sits in front of this page. */
export class PlayersView {
  readonly element = element('div', { class: 'players' });
  readonly #gameId: string;
  #names = '';
  #seat: Seat;

  constructor(gameId: string) {
    this.#gameId = gameId;
    this.#seat = seatIn(gameId);
  }

  /** For whom this page moves now, or `undefined` if it only watches. */
  playerToMove({ players, nextPlayer }: Facts): string | undefined {
    if (this.#seat === 'both') return nextPlayer ?? players?.[0];
    return players?.[{ one: 0, two: 1, watch: 2 }[this.#seat]];
  }

  show({ players }: Facts): void {
    if (players === undefined || players.join('\n') === this.#names) return;
    this.#names = players.join('\n');
    const [one, two] = players;
    const choices: readonly (readonly [Seat, string])[] = [
      ['both', 'for both, at one screen'],
      ['one', `for ${one} (yellow)`],
      ['two', `for ${two} (red)`],
      ['watch', 'not at all: I watch'],
    ];
    const select = element(
      'select',
      {},
      ...choices.map(([seat, text]) => element('option', { value: seat, selected: seat === this.#seat }, text)),
    );
    select.addEventListener('change', () => {
      this.#seat = choices.find(([seat]) => seat === select.value)?.[0] ?? 'watch';
      takeSeat(this.#gameId, this.#seat);
    });
    this.element.replaceChildren(
      element(
        'p',
        {},
        element('span', { class: 'yellow-name' }, one),
        ' and ',
        element('span', { class: 'red-name' }, two),
      ),
      element('label', {}, 'I play ', select),
      element('p', { class: 'links' }, 'Links for: ', ...this.#link(one, 'one'), ...this.#link(two, 'two')),
    );
  }

  /** A link to hand to somebody else, and a button that copies it. */
  #link(name: string, seat: Seat): readonly HTMLElement[] {
    const address = addressOf(this.#gameId, seat);
    const link = element('a', { href: address }, name);
    const copy = button(
      'Copy',
      () => {
        void copyText(new URL(address, location.href).href).then((isCopied) => {
          copy.textContent = isCopied ? 'Copied' : 'Cannot copy here';
        });
      },
      { 'aria-label': `Copy the link for ${name}` },
    );
    return [link, copy];
  }
}

/** @returns whether it could be copied: on a page that came over plain HTTP from another machine, a browser does not do that */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
