import type { Reporter } from 'vitest/node';

/** Names each test that passed only on its second try. .ci/run looks for these lines. */
export const secondTries: Reporter = {
  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky === true)
      console.log(` SECOND TRY  ${test.module.relativeModuleId} > ${test.fullName}`);
  },
};
