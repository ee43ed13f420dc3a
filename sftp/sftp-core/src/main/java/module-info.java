/** What the SFTP server and client share: SSH, and the framing of SFTP messages. Nothing is here yet. */
module io.portolan.sftp.core {
    requires static transitive org.jspecify;
}
