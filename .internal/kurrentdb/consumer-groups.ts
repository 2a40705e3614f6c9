import { status } from '@grpc/grpc-js';

import { ConsumerGroup } from './consumer-group.ts';
import { ServerError } from './errors.ts';
import type { GroupName, GroupSettings } from './group-settings.ts';
import type { Log } from './log.ts';
import { systemEvent } from './record.ts';

/** The stream with the list of groups: each event has all of them. */
const configuration = '$persistentSubscriptionConfig';

type Configured = { readonly name: GroupName; readonly settings: GroupSettings };

/** All consumer groups. The log stores the list. */
export class ConsumerGroups {
  readonly #log: Log;
  readonly #groups = new Map<string, ConsumerGroup>();

  constructor(log: Log) {
    this.#log = log;
    const last = log.records.read(configuration).at(-1);
    const configured = last ? (JSON.parse(Buffer.from(last.data).toString()) as readonly Configured[]) : [];
    for (const { name, settings } of configured) this.#groups.set(keyOf(name), new ConsumerGroup(log, name, settings));
  }

  /** @throws ServerError when the name exists already */
  create(name: GroupName, settings: GroupSettings): void {
    if (this.#groups.has(keyOf(name))) {
      throw groupError(name, status.ALREADY_EXISTS, 'persistent-subscription-exists', 'exists');
    }
    this.#groups.set(keyOf(name), new ConsumerGroup(this.#log, name, settings));
    this.#save();
  }

  /** Continues a group with new settings. Its consumers have to reconnect. */
  update(name: GroupName, settings: GroupSettings): void {
    const old = this.get(name);
    // An update has no filter, so the filter stays the same.
    const updated = new ConsumerGroup(this.#log, name, { ...settings, filter: old.settings.filter });
    old.drop();
    this.#groups.set(keyOf(name), updated);
    this.#save();
  }

  delete(name: GroupName): void {
    const group = this.get(name);
    group.drop();
    group.state.remove();
    this.#groups.delete(keyOf(name));
    this.#save();
  }

  /** @throws ServerError when the name does not exist */
  get(name: GroupName): ConsumerGroup {
    const group = this.#groups.get(keyOf(name));
    if (group === undefined) throw notFound(name);
    return group;
  }

  /** @throws ServerError when the named stream has no groups */
  list(source?: string): readonly ConsumerGroup[] {
    const groups = [...this.#groups.values()].filter(({ name }) => source === undefined || name.source === source);
    if (source !== undefined && groups.length === 0) throw notFound({ source, group: '' });
    return groups;
  }

  close(): void {
    for (const group of this.#groups.values()) group.close();
  }

  #save(): void {
    const configured = [...this.#groups.values()].map(({ name, settings }) => ({ name, settings }));
    this.#log.append([systemEvent(configuration, '$PersistentConfig', JSON.stringify(configured))], new Map());
  }
}

/** An error that the client turns into its own class. */
export function groupError(
  { source, group }: GroupName,
  code: status,
  exception: string,
  problem: string,
): ServerError {
  const facts = { exception, 'stream-name': encodeURIComponent(source), 'group-name': encodeURIComponent(group) };
  return new ServerError(code, `Subscription group ${group} on stream ${source} ${problem}.`, facts);
}

function notFound(name: GroupName): ServerError {
  return groupError(name, status.NOT_FOUND, 'persistent-subscription-does-not-exist', 'does not exist');
}

function keyOf({ source, group }: GroupName): string {
  return `${source}::${group}`;
}
