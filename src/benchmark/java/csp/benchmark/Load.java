package csp.benchmark;

import org.HdrHistogram.Histogram;

/**
 * What a load brought.
 *
 * @param requests answered as expected
 * @param errors other answers, and none
 * @param seconds from the first request to the last answer
 * @param times in nanoseconds, of all that were answered
 * @param firstError null without errors
 */
record Load(long requests, long errors, double seconds, Histogram times, String firstError) {

    double rate() {
        return requests / seconds;
    }

    double milliseconds(double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }

    double mean() {
        return times.getMean() / 1e6;
    }
}
