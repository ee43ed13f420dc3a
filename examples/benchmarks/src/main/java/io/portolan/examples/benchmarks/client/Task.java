package io.portolan.examples.benchmarks.client;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a client does while the clock runs: connects, logs in, and what is said here.
 *
 * @param remote the file or folder on the server
 * @param local the file or folder here
 * @param count how many files there are, or how often to list, or how many sessions
 * @param connections how many connections there may be at a time
 */
public record Task(Kind kind, Account account, String remote, Path local, int count, int connections) {

    /** What is done. */
    public enum Kind {
        /** One file from there to here. */
        DOWNLOAD,
        /** One file from here to there. */
        UPLOAD,
        /** All files of a folder from there to here. */
        DOWNLOAD_MANY,
        /** All files of a folder from here to there. */
        UPLOAD_MANY,
        /** A folder, all entries of each listing at a time in memory. */
        LIST,
        /** A folder, its entries one after another. */
        STREAM,
        /** Sessions that are open at the same time; how many threads there are then is told in place of entries. */
        SESSIONS
    }

    private static final String SEPARATOR = "\t";

    /** The name of a file in a folder of many. */
    public static String name(int number) {
        return "file-%05d.dat".formatted(number);
    }

    List<String> names() {
        return IntStream.range(0, count).mapToObj(Task::name).toList();
    }

    /** One line for another process. */
    String line() {
        return String.join(
                SEPARATOR,
                kind.name(),
                String.valueOf(account.port()),
                account.user(),
                account.password(),
                String.valueOf(account.tls()),
                account.key() == null ? "" : account.key().toString(),
                remote,
                local.toString(),
                String.valueOf(count),
                String.valueOf(connections));
    }

    private static @Nullable Path key(String field) {
        return field.isEmpty() ? null : Path.of(field);
    }

    static Task parse(String line) {
        var fields = Arrays.asList(line.split(SEPARATOR)).iterator();
        return new Task(
                Kind.valueOf(fields.next()),
                new Account(
                        Integer.parseInt(fields.next()),
                        fields.next(),
                        fields.next(),
                        Boolean.parseBoolean(fields.next()),
                        key(fields.next())),
                fields.next(),
                Path.of(fields.next()),
                Integer.parseInt(fields.next()),
                Integer.parseInt(fields.next()));
    }
}
