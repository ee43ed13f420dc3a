package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.FileInfo;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of users and groups by their numbers, as far as a channel has been told of files that are theirs: nobody learns more of who has an account than the
 * listings say. Safe to use from any thread.
 */
public final class SeenPrincipals {

    /** How many names of each kind are kept; of the others the number is all that is told. */
    static final int MAX_NAMES = 1024;

    private final Map<Integer, String> users = new ConcurrentHashMap<>();
    private final Map<Integer, String> groups = new ConcurrentHashMap<>();

    /** A file of which the peer is told. */
    public void see(FileInfo info) {
        see(users, info.ownerId(), info.owner());
        see(groups, info.groupId(), info.group());
    }

    private static void see(Map<Integer, String> names, OptionalInt number, Optional<String> name) {
        if (number.isPresent() && name.isPresent()) {
            Integer key = number.getAsInt();
            // looking is cheaper than counting, and neighbours mostly have the same owner
            if (!names.containsKey(key) && names.size() < MAX_NAMES) {
                names.put(key, name.get());
            }
        }
    }

    /** The name of a user, empty if it was not seen. */
    public String user(long number) {
        return name(users, number);
    }

    /** The name of a group, empty if it was not seen. */
    public String group(long number) {
        return name(groups, number);
    }

    private static String name(Map<Integer, String> names, long number) {
        return number > Integer.MAX_VALUE ? "" : names.getOrDefault((int) number, "");
    }
}
