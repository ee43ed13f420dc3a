package io.portolan.examples.benchmarks.workload;

/**
 * How much is moved.
 *
 * @param bigFile bytes of the large file
 * @param entries entries of the large directory
 * @param listings listings per run, on one connection
 * @param smallFiles how many small files there are
 * @param loginSeconds how long logins are counted, and handshakes
 * @param idleSessions sessions that stay, on the servers that have no process for each
 * @param idleProcesses sessions that stay, on those that have
 * @param mediumFile bytes of the file that takes a long way
 * @param sftpLogins logins per run
 * @param sftpSessions sessions that stay, each with a client process of its own
 * @param largeFolder entries of the directory that SFTP clients list
 * @param clientSessions sessions of one client that are open at a time
 * @param warmUps runs of a server on a JVM that are not counted
 * @param runs runs that are
 */
public record Sizes(
        long bigFile,
        int entries,
        int listings,
        int smallFiles,
        double loginSeconds,
        int idleSessions,
        int idleProcesses,
        long mediumFile,
        int sftpLogins,
        int sftpSessions,
        int largeFolder,
        int clientSessions,
        int warmUps,
        int runs) {

    /** Bytes of each small file. */
    public static final int SMALL_FILE = 4096;

    /** The same with another number of runs that are not counted. */
    public Sizes withWarmUps(int number) {
        return new Sizes(
                bigFile,
                entries,
                listings,
                smallFiles,
                loginSeconds,
                idleSessions,
                idleProcesses,
                mediumFile,
                sftpLogins,
                sftpSessions,
                largeFolder,
                clientSessions,
                number,
                runs);
    }

    /** What the project's goals are stated for. */
    public static final Sizes FULL =
            new Sizes(1L << 30, 10_000, 20, 2000, 5, 10_000, 200, 64L << 20, 30, 100, 100_000, 1000, 10, 5);

    /** Enough to see that everything works. Its figures say nothing: no JVM is warm by then. */
    public static final Sizes QUICK = new Sizes(16L << 20, 500, 3, 50, 0.5, 200, 10, 1 << 20, 3, 5, 1000, 5, 0, 1);
}
