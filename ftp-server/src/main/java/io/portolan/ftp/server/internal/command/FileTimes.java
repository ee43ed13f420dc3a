package io.portolan.ftp.server.internal.command;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.internal.session.Features;
import java.io.IOException;

/** Setting attributes of files (RFC 3659's MDTM in its second form, draft-somers-ftp-mfxx, SITE CHMOD and UTIME). On the lane. */
final class FileTimes {

    private FileTimes() {}

    /** Sets attributes of the file that a path leads to, all or none. */
    static void change(VirtualFileSystem files, VirtualPath path, AttributeChange change) throws IOException {
        AttributeChanges changes = files.capability(AttributeChanges.class)
                .filter(able -> able.settable().containsAll(change.attributes()))
                .orElseThrow(() -> new OperationNotSupportedException("set attributes", path));
        changes.change(path, change, LinkHandling.FOLLOW);
    }

    /** Whether one of the user's files' attributes can be set, as far as is known. */
    static boolean canSet(Features features, Attribute attribute) {
        return features.files() == null
                || features.capability(AttributeChanges.class)
                        .filter(able -> able.settable().contains(attribute))
                        .isPresent();
    }
}
