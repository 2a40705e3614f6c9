import { InvalidSettingError } from '../../src/event-store/open.ts';
import { checkClub, prefixOf } from '../../src/operations/club.ts';
import { StepOpenError } from '../../src/todo.ts';
import { clubs } from '../support/clubs.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { step } from '../support/step.ts';

const file = 'src/operations/club.ts';

step('12.1', 'a club may have a name of lower-case letters, digits, and single hyphens between them', () => {
  for (const name of [...clubs, 'a', '7', 'north-side-2', 'x'.repeat(40), 'a-b-c-d']) {
    if (refusalOf(name) !== undefined) throw inCheck(`"${name}" is a good name for a club, but it was refused.`);
  }
});

step('12.1', 'other names are refused with an InvalidSettingError', () => {
  const bad = [
    '',
    ' ',
    'North',
    'north/south',
    'north~',
    'a b',
    '-a',
    'a-',
    'a--b',
    '../a',
    'zoë',
    'a\n',
    '\na',
    'a.b',
    '$a',
    '٣',
  ];
  for (const name of [...bad, 'x'.repeat(41), 'club-1/game', '%2f', '🙂']) {
    const refusal = refusalOf(name);
    if (refusal === undefined) throw inCheck(`${JSON.stringify(name)} must be refused as the name of a club.`);
    if (!(refusal instanceof InvalidSettingError)) {
      throw inCheck(`${JSON.stringify(name)} must be refused with an InvalidSettingError, but it was ${refusal.name}.`);
    }
  }
});

step('12.1', 'no prefix of a club is the beginning of what another club has', () => {
  for (const one of clubs) {
    for (const other of clubs.filter((club) => club !== one)) {
      for (const stream of ['game-1', 'a', '-1/game-1', '/']) {
        if (!(prefixOf(other) + stream).startsWith(prefixOf(one))) continue;
        throw inPrefix(
          `"${prefixOf(other)}${stream}" belongs to the club "${other}", but it begins with "${prefixOf(one)}", the prefix of the club "${one}".`,
        );
      }
    }
  }
});

step('12.1', 'a program without a club does not take the streams of a club for its own', () => {
  for (const club of ['game', 'tournament', 'game-1', 'career', 'season', ...clubs]) {
    for (const own of ['game-', 'tournament-', 'career-', 'season-']) {
      if (!prefixOf(club).startsWith(own)) continue;
      throw inPrefix(
        `The streams of the club "${club}" begin with "${own}", like those of a program without a club. Begin with a word of your own.`,
      );
    }
  }
});

step('12.1', 'the prefix has the name of the club in it, so that a person can find its streams', () => {
  for (const club of clubs) {
    if (!prefixOf(club).includes(club)) throw inPrefix(`The prefix of the club "${club}" is "${prefixOf(club)}".`);
    if (/^\$|[\p{Cc}\s]/u.test(prefixOf(club))) {
      throw inPrefix(`"${prefixOf(club)}" cannot begin the name of a stream: no $ at the start, no spaces.`);
    }
  }
});

function refusalOf(name: string): Error | undefined {
  try {
    checkClub(name);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StepOpenError) throw error;
    return error;
  }
}

function inCheck(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf(file, 'checkClub'));
}

function inPrefix(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf(file, 'prefixOf'));
}
