package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.JsonObject;
import io.portolan.fs.FileType;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes entries of listings, one in a line. */
final class ListingPrinter {

    private static final String UNKNOWN = "?";

    /** Whether anybody still reads is looked at now and then, as it means to write what was gathered. */
    private static final int LINES_BETWEEN_LOOKS = 256;

    private final PrintWriter out;
    private final boolean json;
    private final boolean longForm;
    private long lines;

    ListingPrinter(PrintWriter out, boolean json, boolean longForm) {
        this.out = out;
        this.json = json;
        this.longForm = longForm;
    }

    /** Writes one; fails if nobody reads any more, as then the server need not go on. */
    void print(String prefix, RemoteFile file) throws IOException {
        if (json) {
            out.println(object(prefix, file));
        } else {
            String name = TerminalText.harmless(prefix + file.name()) + (file.isDirectory() ? "/" : "");
            out.println(longForm ? columns(file) + name + link(file) : name);
        }
        if (++lines % LINES_BETWEEN_LOOKS == 0 && out.checkError()) {
            throw Trouble.exception(ExitCode.FAILED, "the output is closed");
        }
    }

    private static String link(RemoteFile file) {
        return file.linkTarget()
                .map(target -> " -> " + TerminalText.harmless(target))
                .orElse("");
    }

    private static String columns(RemoteFile file) {
        String size = file.size().isPresent() && !file.isDirectory()
                ? Long.toString(file.size().getAsLong())
                : "-";
        String time = file.modified()
                .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(UNKNOWN);
        return String.format(
                Locale.ROOT,
                "%s%-9s  %-8s  %-8s  %12s  %-20s  ",
                type(file.type()),
                mode(file),
                TerminalText.harmless(file.owner().orElse(UNKNOWN)),
                TerminalText.harmless(file.group().orElse(UNKNOWN)),
                size,
                time);
    }

    private static char type(FileType type) {
        return switch (type) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMBOLIC_LINK -> 'l';
            case OTHER -> '?';
        };
    }

    private static String mode(RemoteFile file) {
        if (file.permissions().isEmpty()) {
            return UNKNOWN;
        }
        int bits = file.permissions().getAsInt();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < 9; at++) {
            text.append((bits & 0400 >> at) != 0 ? "rwxrwxrwx".charAt(at) : '-');
        }
        return text.toString();
    }

    private static String object(String prefix, RemoteFile file) {
        JsonObject line = new JsonObject()
                .add("path", prefix + file.name())
                .add("type", file.type().name().toLowerCase(Locale.ROOT));
        file.size().ifPresent(size -> line.add("size", size));
        file.modified().ifPresent(at -> line.add("modified", at.toString()));
        file.permissions().ifPresent(bits -> line.add("permissions", String.format("%04o", bits)));
        file.owner().ifPresent(owner -> line.add("owner", owner));
        file.group().ifPresent(group -> line.add("group", group));
        file.linkTarget().ifPresent(target -> line.add("target", target));
        return line.end();
    }
}
