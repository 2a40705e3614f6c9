export const help = `
  A … G     drop a token into that column
  history   the events of this game, from the first to the last
  board     draw the board again
  race D E  two windows, one turn: what becomes of two moves at the same moment, in a copy of this game
  new       start another game
  open ID   come back to another game
  undo      find out why there is none
  quit      leave; Ctrl-C and Ctrl-D do the same`;

export const whyNoUndo = `
  There is no undo. A move is an event, and an event is a fact: it has happened, and whoever
  looks at the history later must find it there. What a game could have is a new event that
  takes a move back, with a rule for when both players agree to it. That, too, would be history.`;
