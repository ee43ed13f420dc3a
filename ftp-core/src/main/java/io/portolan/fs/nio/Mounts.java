package io.portolan.fs.nio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps walks out of the file systems through which the kernel shows itself: where {@code /} is served, or a chroot with its own {@code /proc}, their files look
 * ordinary, but reading them may block or tell of processes, and writing them changes the machine.
 */
final class Mounts {

    private static final Set<String> KERNEL_TYPES = Set.of(
            "proc",
            "sysfs",
            "devtmpfs",
            "devpts",
            "devfs",
            "debugfs",
            "tracefs",
            "securityfs",
            "configfs",
            "cgroup",
            "cgroup2",
            "bpf",
            "pstore",
            "efivarfs",
            "binfmt_misc",
            "mqueue",
            "fusectl",
            "selinuxfs",
            "nsfs");

    private final boolean checked;
    private final Map<String, Boolean> mayEnter = new ConcurrentHashMap<>();

    Mounts(Path root) {
        this.checked = root.getFileSystem() == java.nio.file.FileSystems.getDefault();
    }

    /** Whether a walk may go from a directory into one below it; only a step onto another device costs more than a comparison. */
    boolean mayEnter(Object parentKey, @Nullable Object key, Path location) throws IOException {
        String device = device(key);
        if (!checked || device == null || device.equals(device(parentKey))) {
            return true;
        }
        Boolean known = mayEnter.get(device);
        if (known == null) {
            known = !KERNEL_TYPES.contains(Files.getFileStore(location).type());
            mayEnter.put(device, known);
        }
        return known;
    }

    /** The device in a key such as {@code (dev=fd00,ino=4711)}, which is how the JDK's UNIX providers write it; null where they do not. */
    private static @Nullable String device(@Nullable Object key) {
        String text = String.valueOf(key);
        int comma = text.indexOf(",ino=");
        return text.startsWith("(dev=") && comma > 0 ? text.substring(0, comma) : null;
    }
}
