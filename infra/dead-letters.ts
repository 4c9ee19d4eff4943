/**
 * Where Lambda tells what it gave up on. The library's own destinations also let the function read the queue's settings,
 * which nothing needs.
 */

import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IDestination, IEventSourceDlq, IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";

/** For an event source's `onFailure`, and for that of a function's own runs. */
export function toldTo(queue: IQueue): IDestination & IEventSourceDlq {
  return {
    bind(_from: unknown, fn: IFunction) {
      maySend(fn, queue);
      return { destination: queue.queueArn };
    },
  };
}

export function maySend(fn: IFunction, queue: IQueue): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }));
}
