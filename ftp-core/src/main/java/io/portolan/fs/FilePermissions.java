package io.portolan.fs;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Converts between the twelve bits of a POSIX mode and {@link PosixFilePermission}s. */
public final class FilePermissions {

    private static final PosixFilePermission[] BY_BIT = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    private FilePermissions() {}

    /**
     * The bits of a set.
     *
     * @param permissions the permissions
     * @return 0 to 0777
     */
    public static int toBits(Set<PosixFilePermission> permissions) {
        int bits = 0;
        for (int i = 0; i < BY_BIT.length; i++) {
            if (permissions.contains(BY_BIT[i])) {
                bits |= 1 << i;
            }
        }
        return bits;
    }

    /**
     * The set of some bits.
     *
     * @param bits a mode; what lies above 0777 is left out
     * @return the permissions
     */
    public static Set<PosixFilePermission> fromBits(int bits) {
        Set<PosixFilePermission> result = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BY_BIT.length; i++) {
            if ((bits & 1 << i) != 0) {
                result.add(BY_BIT[i]);
            }
        }
        return result;
    }
}
