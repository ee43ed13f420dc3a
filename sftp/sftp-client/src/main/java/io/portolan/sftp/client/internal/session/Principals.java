package io.portolan.sftp.client.internal.session;

import io.portolan.fs.FileInfo;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.internal.attributes.FileInfoMapping;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Names of users and groups, of which version 3 tells only numbers: asked for until they are told, where the server has users-groups-by-id@openssh.com (OpenSSH PROTOCOL section 4.12). On the event loop.
 */
final class Principals {

    /** Names that are kept, of each kind: more owners than there are in most directories. With more, they are asked for anew. */
    static final int MAX_KEPT = 4096;

    /** How many are asked for in one request: few enough for every server's packets. */
    private static final int AT_A_TIME = 256;

    private final SftpRequests requests;
    private final boolean told;
    private final Map<Long, String> users = new HashMap<>();
    private final Map<Long, String> groups = new HashMap<>();

    Principals(SftpRequests requests, boolean told) {
        this.requests = requests;
        this.told = told;
    }

    /** Asks for what is not known yet; never fails, as a file without an owner's name is one all the same. */
    CompletableFuture<Void> learn(Collection<SftpAttributes> files) {
        if (!told) {
            return CompletableFuture.completedFuture(null);
        }
        List<Long> newUsers = new ArrayList<>();
        List<Long> newGroups = new ArrayList<>();
        for (SftpAttributes file : files) {
            wanted(file.userId(), users, newUsers);
            wanted(file.groupId(), groups, newGroups);
        }
        if (newUsers.isEmpty() && newGroups.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return requests.principals(newUsers, newGroups).handle((names, failure) -> {
            if (failure == null) {
                keep(newUsers, names.users(), users);
                keep(newGroups, names.groups(), groups);
            }
            return null;
        });
    }

    private static void wanted(OptionalLong id, Map<Long, String> known, List<Long> wanted) {
        if (id.isPresent()
                && wanted.size() < AT_A_TIME
                && !known.containsKey(id.getAsLong())
                && !wanted.contains(id.getAsLong())) {
            wanted.add(id.getAsLong());
        }
    }

    private static void keep(List<Long> ids, List<String> names, Map<Long, String> known) {
        if (known.size() + ids.size() > MAX_KEPT) {
            known.clear();
        }
        for (int i = 0; i < ids.size(); i++) {
            // a server may tell a name only once it has told of a file
            if (!names.get(i).isEmpty()) {
                known.put(ids.get(i), names.get(i));
            }
        }
    }

    /** What is known of a file, with the names. */
    FileInfo info(SftpAttributes attributes) {
        FileInfo info = FileInfoMapping.fileInfo(attributes);
        String user = name(users, attributes.userId());
        String group = name(groups, attributes.groupId());
        if (user == null && group == null) {
            return info;
        }
        FileInfo.Builder named = info.toBuilder();
        if (user != null && info.owner().isEmpty()) {
            named.owner(user);
        }
        if (group != null && info.group().isEmpty()) {
            named.group(group);
        }
        return named.build();
    }

    private static @Nullable String name(Map<Long, String> known, OptionalLong id) {
        return id.isPresent() ? known.get(id.getAsLong()) : null;
    }
}
