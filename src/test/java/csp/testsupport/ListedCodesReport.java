package csp.testsupport;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Says after the tests which listed error codes none of them has met: {@code target/contract-codes/not-met.txt}. */
public final class ListedCodesReport implements TestExecutionListener {

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        ListedCodes.report();
    }
}
