package io.portolan.core.internal.nio;

import io.portolan.fs.LinkHandling;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes that are asked for by their names: {@code size}, {@code posix:permissions}, {@code posix:*}. */
final class NamedAttributes {

    private static final List<String> BASIC = List.of(
            "size",
            "creationTime",
            "lastAccessTime",
            "lastModifiedTime",
            "isDirectory",
            "isRegularFile",
            "isSymbolicLink",
            "isOther",
            "fileKey");

    private final String view;
    private final String names;

    private NamedAttributes(RemotePath path, String attributes) {
        int colon = attributes.indexOf(':');
        view = colon < 0 ? "basic" : attributes.substring(0, colon);
        names = attributes.substring(colon + 1);
        if (!path.getFileSystem().supportedFileAttributeViews().contains(view)) {
            throw new UnsupportedOperationException("attributes: there is no view " + view);
        }
    }

    private List<String> all() {
        return switch (view) {
            case "basic" -> BASIC;
            case "owner" -> List.of("owner");
            default -> {
                List<String> all = new ArrayList<>(BASIC);
                all.addAll(List.of("permissions", "owner", "group"));
                yield all;
            }
        };
    }

    static Map<String, Object> read(RemotePath path, String attributes, LinkHandling links) throws IOException {
        NamedAttributes wanted = new NamedAttributes(path, attributes);
        List<String> all = wanted.all();
        Set<String> asked = new HashSet<>();
        for (String name : wanted.names.split(",", -1)) {
            if (name.equals("*")) {
                asked.addAll(all);
            } else if (all.contains(name)) {
                asked.add(name);
            } else {
                throw new IllegalArgumentException("attributes: there is no " + name + " in " + wanted.view);
            }
        }
        RemoteAttributes found =
                wanted.view.equals("posix") ? AttributeViews.readPosix(path, links) : AttributeViews.read(path, links);
        Map<String, Object> result = new LinkedHashMap<>();
        for (String name : all) {
            if (asked.contains(name)) {
                put(result, name, value(found, name));
            }
        }
        return result;
    }

    @SuppressWarnings("NullAway") // a key that is not known is null, as Java has it
    private static void put(Map<String, Object> result, String name, @Nullable Object value) {
        result.put(name, value);
    }

    private static @Nullable Object value(RemoteAttributes found, String name) {
        return switch (name) {
            case "size" -> found.size();
            case "creationTime" -> found.creationTime();
            case "lastAccessTime" -> found.lastAccessTime();
            case "lastModifiedTime" -> found.lastModifiedTime();
            case "isDirectory" -> found.isDirectory();
            case "isRegularFile" -> found.isRegularFile();
            case "isSymbolicLink" -> found.isSymbolicLink();
            case "isOther" -> found.isOther();
            case "fileKey" -> found.fileKey();
            case "permissions" -> found.permissions();
            case "owner" -> found.owner();
            case "group" -> found.group();
            default -> throw new IllegalArgumentException("attributes: there is no " + name);
        };
    }

    /** Sets one. */
    static void set(RemotePath path, String attribute, @Nullable Object value, LinkHandling links) throws IOException {
        NamedAttributes wanted = new NamedAttributes(path, attribute);
        if (!wanted.all().contains(wanted.names)) {
            throw new IllegalArgumentException("attribute: there is no " + wanted.names + " in " + wanted.view);
        }
        Objects.requireNonNull(value, "value");
        BasicFileAttributeView basic = view(path, BasicFileAttributeView.class, links);
        switch (wanted.names) {
            case "lastModifiedTime" -> basic.setTimes((FileTime) value, null, null);
            case "lastAccessTime" -> basic.setTimes(null, (FileTime) value, null);
            case "creationTime" -> basic.setTimes(null, null, (FileTime) value);
            case "permissions" ->
                view(path, PosixFileAttributeView.class, links).setPermissions(permissions((Set<?>) value));
            case "owner" -> view(path, FileOwnerAttributeView.class, links).setOwner((UserPrincipal) value);
            case "group" -> view(path, PosixFileAttributeView.class, links).setGroup((GroupPrincipal) value);
            default -> throw new IllegalArgumentException("attribute: " + wanted.names + " cannot be set");
        }
    }

    private static <V extends FileAttributeView> V view(RemotePath path, Class<V> type, LinkHandling links) {
        V view = AttributeViews.of(path, type, links);
        if (view == null) {
            throw new UnsupportedOperationException("attribute: there is no such view here");
        }
        return view;
    }

    static Set<PosixFilePermission> permissions(Set<?> value) {
        Set<PosixFilePermission> permissions = new HashSet<>();
        for (Object each : value) {
            permissions.add((PosixFilePermission) each);
        }
        return permissions;
    }
}
