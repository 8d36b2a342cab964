package csp;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of areas that together take about as long as all others, the {@link FirstHalf}. */
@Suite
@SelectPackages("csp")
@IncludeClassNamePatterns(SecondHalf.AREAS)
class SecondHalf {

    static final String AREAS =
            "csp\\.(clients|commerce|identity|onboarding|platform\\.(audit|jobs|mail|throttling)|shared)\\..*Test";
}
