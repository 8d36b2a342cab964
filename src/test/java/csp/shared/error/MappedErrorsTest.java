package csp.shared.error;

import static csp.shared.error.FailureKind.BUG;
import static csp.shared.error.FailureKind.LOST_RACE;
import static csp.shared.error.FailureKind.UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.pool.ConnectionHandler;
import io.agroal.pool.util.XAConnectionAdaptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.sql.BatchUpdateException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.hibernate.QueryTimeoutException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.GenericJDBCException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockAcquisitionException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Every kind of exception that the stack throws, and what nobody should throw, becomes one of our answers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MappedErrorsTest {

    private final FailureLog log = new FailureLog(null);

    @ParameterizedTest
    @MethodSource
    void each_failure_has_a_kind(FailureKind kind, Throwable failure) {
        assertEquals(kind, FailureKind.of(failure));
        log.tell(FailureKind.of(failure), failure, null);
    }

    static Stream<Arguments> each_failure_has_a_kind() throws Exception {
        return Stream.of(
                arguments(UNAVAILABLE, exhaustedPool()),
                arguments(UNAVAILABLE, new IllegalStateException("A statement failed", exhaustedPool())),
                arguments(UNAVAILABLE, new GenericJDBCException("no connection", exhaustedPool())),
                arguments(UNAVAILABLE, interruptedConnect()),
                arguments(UNAVAILABLE, new GenericJDBCException("no connection", interruptedConnect())),
                arguments(UNAVAILABLE, refusedConnect()),
                arguments(UNAVAILABLE, droppedMeanwhile()),
                arguments(UNAVAILABLE, new IllegalStateException(droppedMeanwhile())),
                arguments(
                        UNAVAILABLE,
                        new PSQLException("Odd", PSQLState.UNEXPECTED_ERROR, new SocketTimeoutException())),
                arguments(UNAVAILABLE, psql("08001")),
                arguments(UNAVAILABLE, psql("08003")),
                arguments(
                        UNAVAILABLE,
                        new PSQLException("I/O", PSQLState.CONNECTION_FAILURE, new SocketTimeoutException())),
                arguments(UNAVAILABLE, psql("57P01")),
                arguments(UNAVAILABLE, psql("57P02")),
                arguments(UNAVAILABLE, psql("57P03")),
                arguments(UNAVAILABLE, psql("57014")),
                arguments(UNAVAILABLE, psql("53300")),
                arguments(UNAVAILABLE, psql("53100")),
                arguments(UNAVAILABLE, psql("58030")),
                arguments(UNAVAILABLE, psql("25P03")),
                arguments(UNAVAILABLE, psql("25006")),
                arguments(UNAVAILABLE, new JDBCConnectionException("gone", new SQLException())),
                arguments(UNAVAILABLE, new QueryTimeoutException("slow", psql("57014"), "select")),
                arguments(UNAVAILABLE, new jakarta.persistence.QueryTimeoutException()),
                arguments(UNAVAILABLE, new java.sql.SQLTransientConnectionException()),
                arguments(UNAVAILABLE, new java.sql.SQLTimeoutException()),
                arguments(UNAVAILABLE, new jakarta.transaction.RollbackException()),
                arguments(UNAVAILABLE, new RuntimeException(new jakarta.transaction.RollbackException())),
                arguments(UNAVAILABLE, rolledBack(psql("08006"))),
                arguments(UNAVAILABLE, suppressing(psql("08006"))),
                arguments(UNAVAILABLE, batch(psql("57P01"))),
                arguments(UNAVAILABLE, new RejectedExecutionException()),
                arguments(LOST_RACE, psql("55P03")),
                arguments(LOST_RACE, psql("40P01")),
                arguments(LOST_RACE, psql("40001")),
                arguments(LOST_RACE, psql("23503")),
                arguments(LOST_RACE, new ConstraintViolationException("gone", psql("23503"), "name")),
                arguments(LOST_RACE, new LockAcquisitionException("busy", psql("55P03"))),
                arguments(LOST_RACE, new jakarta.persistence.OptimisticLockException()),
                arguments(LOST_RACE, new jakarta.persistence.LockTimeoutException()),
                arguments(LOST_RACE, rolledBack(psql("40001"))),
                arguments(BUG, new SQLException()),
                arguments(BUG, new SQLException(null, (String) null, null)),
                arguments(BUG, new PSQLException(null, null)),
                arguments(BUG, psql("")),
                arguments(BUG, psql("08")),
                arguments(BUG, psql("99999")),
                arguments(BUG, psql("23505")),
                arguments(BUG, new ConstraintViolationException("twice", psql("23505"), "name")),
                arguments(BUG, rolledBack(psql("23505"))),
                arguments(BUG, new GenericJDBCException(null, new SQLException())),
                arguments(BUG, new NullPointerException()),
                arguments(BUG, new StackOverflowError()),
                arguments(BUG, new OutOfMemoryError()),
                arguments(BUG, new IOException()),
                arguments(BUG, new jakarta.ws.rs.WebApplicationException()),
                arguments(BUG, circle()),
                arguments(BUG, deep(10_000)),
                arguments(BUG, new Odd()));
    }

    @Test
    void a_broken_connection_is_told_from_a_pool_that_has_none_left() throws Exception {
        assertTrue(FailureKind.isBrokenConnection(new IllegalStateException(psql("08006"))));
        assertTrue(FailureKind.isBrokenConnection(psql("57P01")));
        assertTrue(FailureKind.isBrokenConnection(psql("25006")));
        assertEquals(false, FailureKind.isBrokenConnection(exhaustedPool()));
        assertEquals(false, FailureKind.isBrokenConnection(psql("57014")));
        assertEquals(false, FailureKind.isBrokenConnection(new Odd()));
    }

    /** What the pool itself throws, whichever words it has for it in its next version. */
    private static SQLException exhaustedPool() throws Exception {
        var settings = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .acquisitionTimeout(Duration.ofMillis(20))
                        .connectionFactoryConfiguration(
                                factory -> factory.connectionProviderClassName(NoAnswer.class.getName())));
        try (var pool = AgroalDataSource.from(settings)) {
            pool.getConnection();
            throw new AssertionError("There was a connection");
        } catch (SQLException exhausted) {
            return exhausted;
        }
    }

    /** What the driver says when a time-out of the pool interrupts it while it connects. */
    private static SQLException interruptedConnect() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.currentThread().interrupt();
            return failedConnect("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres?loginTimeout=20");
        } finally {
            Thread.interrupted();
        }
    }

    private static SQLException refusedConnect() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        return failedConnect("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    }

    private static SQLException failedConnect(String url) {
        return assertThrows(SQLException.class, () -> DriverManager.getConnection(url, "postgres", "postgres"));
    }

    /** What the pool says of a connection that was dropped between the hand that gave it and the hand that takes it. */
    private static RuntimeException droppedMeanwhile() throws SQLException {
        var handler = new ConnectionHandler(new XAConnectionAdaptor(null), null);
        return assertThrows(
                RuntimeException.class,
                () -> handler.setState(ConnectionHandler.State.DESTROYED, ConnectionHandler.State.CHECKED_IN));
    }

    /** A server that does not answer within the patience of the pool. */
    public static class NoAnswer implements java.sql.Driver {

        @Override
        public java.sql.Connection connect(String url, java.util.Properties info) throws SQLException {
            try {
                new java.util.concurrent.CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException();
        }

        @Override
        public boolean acceptsURL(String url) {
            return true;
        }

        @Override
        public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) {
            return new java.sql.DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public java.util.logging.Logger getParentLogger() {
            return java.util.logging.Logger.getGlobal();
        }
    }

    private static SQLException psql(String state) {
        return new SQLException(null, state);
    }

    private static Exception rolledBack(Throwable cause) {
        var rolledBack = new jakarta.transaction.RollbackException();
        rolledBack.initCause(cause);
        return rolledBack;
    }

    private static Exception suppressing(Throwable suppressed) {
        var failure = new IllegalStateException();
        failure.addSuppressed(suppressed);
        return failure;
    }

    private static Exception batch(SQLException next) {
        var batch = new BatchUpdateException();
        batch.setNextException(next);
        return batch;
    }

    private static Exception circle() {
        var one = new RuntimeException();
        var two = new RuntimeException(one);
        one.initCause(two);
        return two;
    }

    private static Exception deep(int causes) {
        var failure = new RuntimeException();
        for (var i = 0; i < causes; i++) {
            failure = new RuntimeException(failure);
        }
        return failure;
    }

    /** An exception that nothing can be asked. */
    private static class Odd extends RuntimeException {

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException();
        }
    }
}
