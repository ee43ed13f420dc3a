package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpServices;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An extended request.
 *
 * @param name its name, as EXTENDED has it
 * @param data what VERSION tells of it: of OpenSSH's extensions a version number in digits; null if only "supported" and "supported2" name it
 * @param offer whether a session's file system can do it: only then it is advertised, and served
 * @param handler what serves it; the request's reader stands behind the name
 */
record Extension(String name, @Nullable String data, Predicate<SftpServices> offer, RequestHandler handler) {

    boolean isOffered(SftpServices services) {
        return offer.test(services);
    }
}
