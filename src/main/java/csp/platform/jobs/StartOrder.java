package csp.platform.jobs;

import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.interceptor.Interceptor;

/**
 * In which order the service gets to work, as priorities of observers of its start. Whoever names none, such as the checks of
 * settings, comes after the clock and before the world.
 */
public final class StartOrder {

    /** Nothing is dated, expired or due before it is known what time it is. */
    public static final int CLOCK = Interceptor.Priority.APPLICATION;

    /** The world that jobs are about. */
    public static final int WORLD = ObserverMethod.DEFAULT_PRIORITY + 100;

    /** Jobs run from now on. */
    public static final int JOBS = WORLD + 100;

    private StartOrder() {}
}
