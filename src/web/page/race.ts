import type { Racer, RaceResult } from '../wire.ts';
import { startRace } from './api.ts';
import { button, element } from './dom.ts';
import { refusalInWords } from './refusal.ts';
import { addressOf } from './seat.ts';

/**
 * The race: two people move for the same turn at the same moment.
 *
 * @param events the number of events at the moment that is shown: the race begins there
 */
export function raceView(gameId: string, events: () => number): HTMLElement {
  const result = element('div', { role: 'status', class: 'race-result' });
  const start = (expecting: boolean) => () => {
    startRace(gameId, events(), expecting)
      .then((race) => {
        result.replaceChildren(...resultOf(race, expecting));
      })
      .catch((error: unknown) => {
        result.replaceChildren(element('p', { class: 'refusal' }, ...refusalInWords(error)));
      });
  };
  return element(
    'div',
    { class: 'race' },
    element(
      'p',
      {},
      'Two people play for the same side, each at a screen of their own, and move at the same moment. Both have read the same ' +
        'history before either appends. It happens in a copy of this game, from the moment that is shown.',
    ),
    element(
      'div',
      { class: 'buttons' },
      button('Race with an expected revision', start(true)),
      button('Race without', start(false)),
    ),
    result,
  );
}

function resultOf({ gameId, racers, events }: RaceResult, expecting: boolean): readonly HTMLElement[] {
  const moves = events.filter(({ stored }) => stored.type === 'MoveMade').length;
  const player = racers[0]?.player ?? '';
  const sentence =
    moves < 2
      ? `${player} has moved once. The history makes sense.`
      : `The history says that ${player} has moved twice in a row, and no rule of the game allows that.`;
  return [
    element('h3', {}, expecting ? 'With an expected revision' : 'Without an expected revision'),
    element('ol', { class: 'racers' }, ...racers.map(racerItem)),
    element('p', { class: moves < 2 ? 'verdict' : 'verdict broken' }, sentence),
    element('ol', { class: 'tail', start: events[0]?.revision ?? 0 }, ...events.map(tailItem)),
    element('p', {}, element('a', { href: addressOf(gameId, 'watch') }, `Open the copy, ${gameId}`)),
  ];
}

function racerItem({ player, column, appends, outcome }: Racer, index: number): HTMLElement {
  return element(
    'li',
    {},
    element('strong', {}, `${player}, screen ${index + 1}: column ${column}`),
    ...appends.map(({ expectedRevision, answer }) =>
      element('p', {}, 'Append, expecting ', element('code', {}, expectedRevision), ': ', answer),
    ),
    element('p', {}, outcome),
  );
}

function tailItem({ stored }: RaceResult['events'][number]): HTMLElement {
  return element('li', {}, element('code', {}, `${stored.type} ${JSON.stringify(stored.data)}`));
}
