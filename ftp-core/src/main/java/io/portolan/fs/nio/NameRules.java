package io.portolan.fs.nio;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Set;

/** Which names of peers and of links may reach the store at all. */
final class NameRules {

    /** The names of devices on Windows, with or without an extension, in every directory. */
    private static final Set<String> WINDOWS_DEVICES = Set.of(
            "CON",
            "PRN",
            "AUX",
            "NUL",
            "CONIN$",
            "CONOUT$",
            "COM0",
            "COM1",
            "COM2",
            "COM3",
            "COM4",
            "COM5",
            "COM6",
            "COM7",
            "COM8",
            "COM9",
            "COM\u00b9",
            "COM\u00b2",
            "COM\u00b3",
            "LPT0",
            "LPT1",
            "LPT2",
            "LPT3",
            "LPT4",
            "LPT5",
            "LPT6",
            "LPT7",
            "LPT8",
            "LPT9",
            "LPT\u00b9",
            "LPT\u00b2",
            "LPT\u00b3");

    /** The separators, {@code :} which names a drive or an alternate data stream, and what Windows takes for wildcards or refuses. */
    private static final String WINDOWS_FORBIDDEN = "\\/:*?\"<>|";

    private final FileSystem fileSystem;
    private final boolean windows;

    NameRules(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.windows = fileSystem.getSeparator().equals("\\");
    }

    /** Refuses a name under which nothing can be found. */
    void requireVisible(String name) throws NoSuchFileException {
        if (!isUsable(name)) {
            throw new NoSuchFileException(name);
        }
    }

    /** Refuses a name under which nothing may be made. */
    void requireCreatable(String name) throws AccessDeniedException {
        if (!isUsable(name)) {
            throw new AccessDeniedException(name, null, "no name for a file here");
        }
    }

    /** Whether a name can stand for one file of this store, and for none of ours. */
    boolean isUsable(String name) {
        if (HiddenNames.isHidden(name) || (windows && !isWindowsName(name))) {
            return false;
        }
        try {
            var path = fileSystem.getPath(name);
            return !path.isAbsolute() && path.getNameCount() == 1;
        } catch (InvalidPathException unmappable) {
            return false;
        }
    }

    private static boolean isWindowsName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || WINDOWS_FORBIDDEN.indexOf(c) >= 0) {
                return false;
            }
        }
        char last = name.charAt(name.length() - 1);
        if (last == '.' || last == ' ') {
            return false;
        }
        // "NUL.txt" and "NUL .txt" are the device too
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return !WINDOWS_DEVICES.contains(stem);
    }
}
