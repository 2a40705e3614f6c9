import type { Hosted } from '../../subscriptions/host.ts';
import { openCareers } from './careers-part.ts';
import { museumPart } from './museum-part.ts';
import type { Part, PartContext } from './part.ts';
import { peoplePart } from './people-part.ts';

/** What later exercises add to the server: pages, and subscribers that run in it. */
export type Further = { readonly parts: readonly Part[]; readonly subscribers: readonly Hosted[] };

export function openFurther(context: PartContext): Further {
  const { parts, subscribers } = openCareers(context);
  return { parts: [museumPart(context.store), ...parts, peoplePart(context)], subscribers };
}
