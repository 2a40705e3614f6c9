export { tracedSubscriber as observeSubscriber } from '../../operations/traced-subscriber.ts';
