package csp;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * All tests that are not of the {@link SecondHalf}. The build runs the halves side by side, each in a JVM of its own with a
 * service and a database of its own; within a half the tests share them.
 */
@Suite
@SelectPackages("csp")
@IncludeClassNamePatterns(".*Test")
@ExcludeClassNamePatterns(SecondHalf.AREAS)
class FirstHalf {}
