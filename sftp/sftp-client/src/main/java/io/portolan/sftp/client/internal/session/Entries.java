package io.portolan.sftp.client.internal.session;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.client.ListingResult;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.internal.attributes.NameEntry;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes entries of what a server tells, whose names are taken for nothing but one segment of a path. */
final class Entries {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PART = Duration.ofNanos(1);
    private static final int MOST_SHOWN = 300;

    private final Principals principals;
    private final List<String> unreadNames = new ArrayList<>();
    private long count;
    private long unread;

    Entries(Principals principals) {
        this.principals = principals;
    }

    /** The entries of a part of a listing, without the directory itself and the one above it. */
    List<RemoteEntry> of(List<NameEntry> names) {
        List<RemoteEntry> entries = new ArrayList<>(names.size());
        for (NameEntry each : names) {
            String name = text(each.name());
            if (name != null && (name.equals(".") || name.equals(".."))) {
                continue;
            }
            if (name == null || !VirtualPath.isValidName(name)) {
                unread(each.name());
            } else {
                entries.add(entry(name, each.attributes(), principals));
            }
        }
        count += entries.size();
        return entries;
    }

    private void unread(byte[] name) {
        unread++;
        if (unreadNames.size() < ListingResult.MAX_UNREAD_NAMES) {
            String text = new String(name, 0, Math.min(name.length, MOST_SHOWN), StandardCharsets.UTF_8);
            unreadNames.add(text.replaceAll("\\p{C}", "?"));
        }
    }

    ListingResult result() {
        return new ListingResult(count, unread, unreadNames);
    }

    static RemoteEntry entry(String name, SftpAttributes attributes, Principals principals) {
        Optional<Instant> modified = attributes.modified();
        Duration precision = modified.map(time -> time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? SECOND : PART)
                .orElse(null);
        return RemoteEntry.of(
                name, principals.info(attributes), attributes.size().isPresent(), precision);
    }

    private static @Nullable String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
