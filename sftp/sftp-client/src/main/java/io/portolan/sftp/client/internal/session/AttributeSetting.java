package io.portolan.sftp.client.internal.session;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.LinkHandling;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.internal.attributes.FileInfoMapping;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.internal.attributes.SftpFileType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Sets a file's attributes, and asks before for those that the protocol has in pairs only. On the event loop. */
public final class AttributeSetting {

    private static final String LINKS = "lsetstat@openssh.com";

    private AttributeSetting() {}

    /** What a new file or directory is made with. */
    public static SftpAttributes ofNew(OptionalInt permissionBits) {
        return permissionBits.isPresent()
                ? SftpAttributes.builder()
                        .permissions(permissionBits.getAsInt())
                        .build()
                : SftpAttributes.NONE;
    }

    /** Sets them. */
    public static CompletableFuture<Void> change(
            ClientSession session, String path, AttributeChange change, LinkHandling links) {
        SftpRequests requests = session.requests();
        boolean byNumber = session.facts().version() == 3;
        if (byNumber && !(isNumber(change.owner()) && isNumber(change.group()))) {
            return CompletableFuture.failedFuture(
                    new SftpException(path + ": version 3 has numbers of owners and groups, no names", null, false));
        }
        boolean halfTimes =
                byNumber && change.modified().isPresent() != change.accessed().isPresent();
        boolean halfOwners = change.owner().isPresent() != change.group().isPresent();
        boolean ofLink = links == LinkHandling.NO_FOLLOW;
        if (!halfTimes && !halfOwners && (!ofLink || session.facts().has(LINKS))) {
            return set(requests, path, FileInfoMapping.attributes(change), ofLink);
        }
        return requests.stat(path, !ofLink).thenCompose(now -> {
            boolean isLink = now.type() == SftpFileType.SYMLINK;
            if (isLink && !session.facts().has(LINKS)) {
                return CompletableFuture.failedFuture(new SftpStatusException(
                        "SETSTAT " + path, SftpStatusException.OP_UNSUPPORTED, "the server changes no links"));
            }
            AttributeChange whole = change;
            if (halfTimes) {
                whole = withBothTimes(whole, now);
            }
            if (halfOwners
                    && byNumber
                    && (now.userId().isEmpty() || now.groupId().isEmpty())) {
                return CompletableFuture.failedFuture(new SftpException(
                        path + ": the server does not tell whose it is, so half of it cannot be changed", null, false));
            }
            if (halfOwners) {
                whole = withBothOwners(whole, now);
            }
            return set(requests, path, FileInfoMapping.attributes(whole), isLink);
        });
    }

    private static boolean isNumber(Optional<String> principal) {
        return principal
                .filter(name -> !name.chars().allMatch(c -> c >= '0' && c <= '9'))
                .isEmpty();
    }

    private static CompletableFuture<Void> set(
            SftpRequests requests, String path, SftpAttributes attributes, boolean ofLink) {
        return ofLink ? requests.setLinkAttributes(path, attributes) : requests.setAttributes(path, attributes);
    }

    private static AttributeChange withBothTimes(AttributeChange change, SftpAttributes now) {
        AttributeChange whole = change;
        if (change.modified().isEmpty() && now.modified().isPresent()) {
            whole = whole.withModified(now.modified().get());
        }
        if (change.accessed().isEmpty() && now.accessed().isPresent()) {
            whole = whole.withAccessed(now.accessed().get());
        }
        return whole;
    }

    private static AttributeChange withBothOwners(AttributeChange change, SftpAttributes now) {
        AttributeChange whole = change;
        if (change.owner().isEmpty()) {
            String owner = principal(now.owner(), now.userId());
            whole = owner.isEmpty() ? whole : whole.withOwner(owner);
        }
        if (change.group().isEmpty()) {
            String group = principal(now.group(), now.groupId());
            whole = group.isEmpty() ? whole : whole.withGroup(group);
        }
        return whole;
    }

    /** A name, a number, or nothing, which leaves whoever it is since version 4. */
    private static String principal(Optional<String> name, OptionalLong id) {
        return name.orElseGet(() -> id.isPresent() ? Long.toString(id.getAsLong()) : "");
    }
}
