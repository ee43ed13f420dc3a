package io.portolan.fs.nio;

import io.portolan.fs.FileInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds owner, group and the count of hard links. The JDK tells their numbers only for a path, not relative to a held directory, and it looks a name up anew for each file;
 * so the numbers are read by path, believed only if they are those of the very file that was looked at, and the names are remembered by number.
 */
final class Owners {

    private static final String NUMBERS = "unix:uid,gid,nlink,fileKey";

    /** More users and groups than a directory has in practice; beyond it names are looked up each time. */
    private static final int MAX_NAMES = 1024;

    private final Map<Integer, String> users = new ConcurrentHashMap<>();
    private final Map<Integer, String> groups = new ConcurrentHashMap<>();

    void add(FileInfo.Builder info, Path path, BasicFileAttributes seen) {
        if (!(seen instanceof PosixFileAttributes posix)) {
            return;
        }
        Map<String, Object> numbers;
        try {
            numbers = Files.readAttributes(path, NUMBERS, Folder.NO_FOLLOW);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException untold) {
            return;
        }
        Object key = numbers.get("fileKey");
        if (key == null
                || !key.equals(seen.fileKey())
                || !(numbers.get("uid") instanceof Integer uid)
                || !(numbers.get("gid") instanceof Integer gid)
                || !(numbers.get("nlink") instanceof Integer links)) {
            return;
        }
        info.ownerId(uid).groupId(gid).linkCount(links);
        String user = users.get(uid);
        if (user == null) {
            user = remember(users, uid, posix.owner().getName());
        }
        String group = groups.get(gid);
        if (group == null) {
            group = remember(groups, gid, posix.group().getName());
        }
        info.owner(user).group(group);
    }

    private static String remember(Map<Integer, String> names, int number, String name) {
        if (names.size() < MAX_NAMES) {
            names.put(number, name);
        }
        return name;
    }
}
