package io.portolan.fs;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Converts between the twelve bits of a POSIX mode and {@link PosixFilePermission}s. */
public final class FilePermissions {

    private static final PosixFilePermission[] ALL = PosixFilePermission.values();

    private FilePermissions() {}

    /**
     * The bits of a set.
     *
     * @param permissions the permissions
     * @return 0 to 0777
     */
    public static int toBits(Set<PosixFilePermission> permissions) {
        int bits = 0;
        for (PosixFilePermission permission : permissions) {
            bits |= bit(permission);
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
        for (PosixFilePermission permission : ALL) {
            if ((bits & bit(permission)) != 0) {
                result.add(permission);
            }
        }
        return result;
    }

    private static int bit(PosixFilePermission permission) {
        return switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 040;
            case GROUP_WRITE -> 020;
            case GROUP_EXECUTE -> 010;
            case OTHERS_READ -> 04;
            case OTHERS_WRITE -> 02;
            case OTHERS_EXECUTE -> 01;
        };
    }
}
