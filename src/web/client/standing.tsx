import type { Notice } from './server-api.ts';
import type { GameView } from './timeline.ts';

type StandingProps = {
  readonly gameId: string;
  readonly view: GameView;
  readonly isNow: boolean;
  /** The player that the person in front of the page plays for, and no other. */
  readonly ownName: string | undefined;
  readonly notice: Notice | undefined;
  readonly trouble: string | undefined;
};

/** How the game stands, and what became of the last wish. */
export function Standing({ gameId, view, isNow, ownName, notice, trouble }: StandingProps) {
  const [before, name, after] = standingOf(view, isNow ? ownName : undefined);
  const { players, nextPlayer } = view;
  const token = nextPlayer === undefined ? undefined : nextPlayer === players?.[0] ? 'yellow' : 'red';
  return (
    <div class="standing">
      <h1>
        Game <code>{gameId}</code>
      </h1>
      <p class="status">
        {token && <span class={`disc ${token}`} />}
        {isNow ? '' : 'In the past: '}
        {before}
        <bdi>{name}</bdi>
        {after}
      </p>
      <p role="alert" class="refusal">
        {notice && (
          <>
            {notice.code && 'Refused: '}
            {notice.detail} {notice.code && <code>{notice.code}</code>}
          </>
        )}
      </p>
      {trouble && <p class="trouble">{trouble}</p>}
    </div>
  );
}

/** The sentence, said to the player whose turn it is in another way than to all others. */
export function standingOf({ nextPlayer, sentence }: GameView, ownName: string | undefined): GameView['sentence'] {
  return nextPlayer !== undefined && nextPlayer === ownName ? ['Your turn, ', nextPlayer, '.'] : sentence;
}
