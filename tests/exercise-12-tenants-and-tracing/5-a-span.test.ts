import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

import { inSpan } from '../../src/operations/in-span.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { inOuterSpan, spansOf } from '../support/spans.ts';
import { step } from '../support/step.ts';

step('12.5', 'the work is done once, and its result is returned', async () => {
  const results: unknown[] = [];
  let count = 0;
  const spans = await spansOf(async () => {
    for (const work of [() => 'done', () => Promise.resolve('done')]) {
      const result = await inSpan('work', {}, () => {
        count += 1;
        return work();
      });
      results.push(result);
    }
  });
  if (spans.length !== 2)
    throw wrong(`Two works were to be done, each in a span, but ${spans.length} spans have ended.`);
  if (count !== 2) throw wrong(`The work was to be done twice, but it was done ${count} times.`);
  for (const result of results) {
    if (result !== 'done') throw wrong(`The work returned "done", and inSpan returned ${String(result)}.`);
  }
});

step('12.5', 'a span with the name and the attributes has ended when the work is done', async () => {
  for (const name of ['append', 'read']) {
    const attributes = Object.freeze({ stream: `game-${name}`, count: 3 });
    const [span, ...others] = await spansOf(async () => {
      await inSpan(name, Object.freeze({ attributes }), () => Promise.resolve());
    });
    if (span === undefined) throw wrong('The work is done, but no span has ended.');
    if (others.length > 0) throw wrong(`One span was asked for, but ${others.length + 1} have ended.`);
    if (span.name !== name) throw wrong(`The span must be called "${name}", but it is called "${span.name}".`);
    if (JSON.stringify(span.attributes) !== JSON.stringify(attributes)) {
      throw wrong(`The span must have ${JSON.stringify(attributes)}, but it has ${JSON.stringify(span.attributes)}.`);
    }
  }
});

step('12.5', 'a span lasts as long as its work', async () => {
  let isDone = false;
  const order: string[] = [];
  const spans = await spansOf(async () => {
    await inSpan('outer', {}, async () => {
      await inSpan('first', {}, async () => {
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
        isDone = true;
      });
      order.push(isDone ? 'done' : 'not done');
      await inSpan('second', {}, () => Promise.resolve());
    });
  });
  const names = spans.map(({ name }) => name).join(', ');
  if (order[0] === 'done' && names === 'first, second, outer') return;
  throw wrong(`A span ends after its work. The spans must end in the order first, second, outer. It was ${names}.`);
});

step('12.5', 'a span inside of the work is its child, also after an await', async () => {
  const spans = await spansOf(async () => {
    await inSpan('outer', {}, async () => {
      await inSpan('first', {}, () => Promise.resolve());
      await Promise.resolve();
      await inSpan('second', {}, () => Promise.resolve());
    });
    await inSpan('later', {}, () => Promise.resolve());
  });
  const outer = spanIn(spans, 'outer');
  for (const name of ['first', 'second']) {
    const inner = spanIn(spans, name);
    if (inner.parentSpanContext?.spanId === outer.spanContext().spanId) continue;
    throw wrong(`"${name}" began inside of the work of "outer", so it must be its child. Is "outer" active meanwhile?`);
  }
  if (spanIn(spans, 'later').parentSpanContext === undefined) return;
  throw wrong('"later" began after "outer" had ended, but it is a child. Is "outer" still active?');
});

step('12.5', 'two works at the same time do not mix', async () => {
  const spans = await spansOf(async () => {
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        inSpan(name, {}, async () => {
          await Promise.resolve();
          await inSpan(`in ${name}`, {}, () => Promise.resolve());
        }),
      ),
    );
  });
  for (const name of ['a', 'b', 'c']) {
    const [outer, inner] = [spanIn(spans, name), spanIn(spans, `in ${name}`)];
    if (inner.parentSpanContext?.spanId === outer.spanContext().spanId) continue;
    throw wrong(`Three works run at the same time. "in ${name}" must be the child of "${name}".`);
  }
});

step('12.5', 'it is a child of the active span, or begins a trace if that is asked for', async () => {
  const links = [{ context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 } }];
  let outerId = '';
  const spans = await spansOf(async () => {
    const { outer } = await inOuterSpan(async () => {
      await inSpan('child', {}, () => Promise.resolve());
      await inSpan('root', Object.freeze({ root: true, links: Object.freeze(links) }), () => Promise.resolve());
    });
    outerId = outer.spanId;
  });
  const [child, root] = [spanIn(spans, 'child'), spanIn(spans, 'root')];
  if (child.parentSpanContext?.spanId !== outerId) throw wrong('A span must be the child of the one that is active.');
  if (root.parentSpanContext !== undefined) throw wrong('With `root: true`, a span begins a trace of its own.');
  if (root.links[0]?.context.spanId !== links[0]?.context.spanId) throw wrong('The links of the span are missing.');
});

step('12.5', 'the work gets its span', async () => {
  let given = '';
  const spans = await spansOf(() =>
    inSpan('work', {}, (span) => {
      given = span.spanContext().spanId;
    }),
  );
  if (given !== spanIn(spans, 'work').spanContext().spanId) throw wrong('The work must get the span as its argument.');
});

step('12.5', 'an error is recorded, and thrown', async () => {
  const problem = new Error('The column is full.');
  for (const work of [() => Promise.reject(problem), thrower(problem)]) {
    let thrown: unknown;
    const spans = await spansOf(async () => {
      thrown = await inSpan('work', {}, work).catch((error: unknown) => error);
    });
    if (thrown !== problem)
      throw wrong(`The work failed with "${problem.message}", and inSpan with ${String(thrown)}.`);
    const [span] = spans;
    if (span === undefined) throw wrong('The work failed, and its span has not ended.');
    if (span.status.code !== SpanStatusCode.ERROR)
      throw wrong('The work failed, but the status of its span is not ERROR.');
    const said = span.events.map(({ attributes }) => attributes?.['exception.message']).join();
    if (said !== problem.message)
      throw wrong(`The span must record the error "${problem.message}", but it has "${said}".`);
  }
  const [fine] = await spansOf(() => inSpan('work', {}, () => Promise.resolve()));
  if (fine?.status.code === SpanStatusCode.ERROR) throw wrong('Nothing failed, but the status of the span is ERROR.');
});

/** A work that throws before it returns a promise. */
function thrower(problem: Error): () => never {
  return () => {
    throw problem;
  };
}

function spanIn(spans: readonly ReadableSpan[], wanted: string): ReadableSpan {
  const found = spans.find(({ name }) => name === wanted);
  if (found === undefined) throw wrong(`No span with the name "${wanted}" has ended.`);
  return found;
}

function wrong(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf('src/operations/in-span.ts', 'inSpan'));
}
