package io.portolan.examples.benchmarks.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The process of a client on a JVM: does what each line of its input says, and answers {@code SECONDS ENTRIES PEAK-HEAP} or {@code failed WHY}; ends with its input. */
final class ClientMain {

    static final String PORTOLAN = "portolan";
    static final String COMMONS_NET = "commons-net";
    static final String PORTOLAN_SFTP = "portolan-sftp";
    static final String JSCH = "jsch";
    static final String MINA = "mina";
    static final String FAILED = "failed";

    /** A library, doing tasks. */
    interface Library extends AutoCloseable {

        /** Gets ready for an account before the clock runs. */
        void prepare(Account account) throws IOException;

        /**
         * Does it.
         *
         * @return how many entries have been listed, each time; threads where sessions are held
         */
        long run(Task task) throws Exception;

        @Override
        void close();
    }

    private ClientMain() {}

    public static void main(String[] args) throws Exception {
        try (Library library = library(args[0]);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(library, Task.parse(line)));
            }
        } catch (IOException parentIsGone) {
            System.err.println(parentIsGone.getMessage());
        }
    }

    private static Library library(String name) {
        return switch (name) {
            case PORTOLAN -> new PortolanLibrary();
            case COMMONS_NET -> new CommonsNetLibrary();
            case PORTOLAN_SFTP -> new PortolanSftpLibrary();
            case JSCH -> new JschLibrary();
            case MINA -> new MinaLibrary();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String answer(Library library, Task task) {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        try {
            library.prepare(task.account());
            heap.forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            long entries = library.run(task);
            double seconds = (System.nanoTime() - start) / 1e9;
            long peak = heap.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            return seconds + " " + entries + " " + peak;
        } catch (Exception | OutOfMemoryError e) {
            return FAILED + " " + String.valueOf(e).replaceAll("\\s+", " ");
        }
    }
}
