package io.portolan.core.internal.listing;

import io.portolan.core.internal.codec.FtpTime;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.ftp.FtpSyntaxException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MLSD and MLST (RFC 3659, section 7.2). Facts that are not known, or whose value makes no sense, are left out; the entry stays. */
public final class MlsxParser implements ListingParser {

    private static final String LINK = "os.unix=slink";
    private static final String SYMBOLIC_LINK = "os.unix=symlink";

    @Override
    public ListingLine parse(String line) {
        int space = line.indexOf(' ');
        Map<String, String> facts = facts(line);
        if (space < 0 || facts == null) {
            return line.isEmpty() ? ListingLine.SKIPPED : ListingLine.NOT_UNDERSTOOD;
        }
        String type = facts.getOrDefault("type", "file");
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.equals("cdir") || lower.equals("pdir")) {
            return ListingLine.SKIPPED;
        }
        return ListingParser.entry(line.substring(space + 1), info(facts), isSized(facts), time(facts));
    }

    /**
     * The facts of a line, their names in lower case.
     *
     * @return the facts; null if the line does not begin with facts
     */
    public static @Nullable Map<String, String> facts(String line) {
        int space = line.indexOf(' ');
        Map<String, String> facts = new LinkedHashMap<>();
        int at = 0;
        while (at < space) {
            int semicolon = line.indexOf(';', at);
            int equals = line.indexOf('=', at);
            if (semicolon < 0 || semicolon > space || equals < 0 || equals > semicolon || equals == at) {
                return null;
            }
            facts.put(line.substring(at, equals).toLowerCase(Locale.ROOT), line.substring(equals + 1, semicolon));
            at = semicolon + 1;
        }
        return facts;
    }

    /**
     * What the facts of an MLST reply tell.
     *
     * @param facts as {@link #facts} gives them
     */
    public static FileInfo info(Map<String, String> facts) {
        String type = facts.getOrDefault("type", "file");
        String lower = type.toLowerCase(Locale.ROOT);
        FileInfo.Builder info = FileInfo.builder(type(lower));
        if (lower.startsWith(LINK + ":")) {
            info.linkTarget(type.substring(LINK.length() + 1));
        }
        long size = LineScanner.number(facts.getOrDefault("size", facts.getOrDefault("sizd", "")));
        if (size >= 0) {
            info.size(size);
        }
        Instant modified = instant(facts, "modify");
        if (modified != null) {
            info.modified(modified);
        }
        Instant created = instant(facts, "create");
        if (created != null) {
            info.created(created);
        }
        int mode = octal(facts.getOrDefault("unix.mode", ""));
        if (mode >= 0) {
            info.permissionBits(mode);
        }
        names(facts, info);
        return info.build();
    }

    /** Whether the facts tell the octets of a content. */
    public static boolean isSized(Map<String, String> facts) {
        return LineScanner.number(facts.getOrDefault("size", "")) >= 0;
    }

    /** How much the facts tell of the time of the last change. */
    public static TimePrecision time(Map<String, String> facts) {
        return instant(facts, "modify") == null ? TimePrecision.UNKNOWN : TimePrecision.SECOND;
    }

    /** A time that is none leaves the entry without one. */
    private static @Nullable Instant instant(Map<String, String> facts, String name) {
        String text = facts.get(name);
        try {
            return text == null ? null : FtpTime.parse(text);
        } catch (FtpSyntaxException e) {
            return null;
        }
    }

    private static void names(Map<String, String> facts, FileInfo.Builder info) {
        String unique = facts.get("unique");
        if (unique != null && unique.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            info.uniqueId(unique);
        }
        String owner = facts.getOrDefault("unix.owner", facts.getOrDefault("unix.uid", ""));
        info.ownerId(LineScanner.number(owner, 9));
        String group = facts.getOrDefault("unix.group", facts.getOrDefault("unix.gid", ""));
        info.groupId(LineScanner.number(group, 9));
        String ownerName = facts.get("unix.ownername");
        if (ownerName != null) {
            info.owner(ownerName);
        }
        String groupName = facts.get("unix.groupname");
        if (groupName != null) {
            info.group(groupName);
        }
    }

    private static FileType type(String lower) {
        if (lower.equals("file")) {
            return FileType.FILE;
        }
        if (lower.equals("dir") || lower.equals("cdir") || lower.equals("pdir")) {
            return FileType.DIRECTORY;
        }
        return lower.startsWith(LINK) || lower.startsWith(SYMBOLIC_LINK) ? FileType.SYMBOLIC_LINK : FileType.OTHER;
    }

    private static int octal(String text) {
        if (text.isEmpty() || text.length() > 7) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '7') {
                return -1;
            }
            value = value << 3 | c - '0';
        }
        return value & 07777;
    }
}
