package io.portolan.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

/** Capability: open files can be read and written at any place (SFTP's handles). */
public interface PositionalFiles {

    /** What a file is opened for. */
    enum Access {
        /** It is read. */
        READ,
        /** It is written, at the place given with each write. */
        WRITE,
        /** It is written at its end, whatever place is given. */
        APPEND,
        /** It is made if it does not exist. */
        CREATE,
        /** It must not exist. */
        CREATE_NEW,
        /** Its content is dropped first. */
        TRUNCATE;

        /**
         * Checks what a file is to be opened for, for those who implement {@link PositionalFiles}.
         *
         * @param access what for
         * @return the same, and {@link #WRITE} where there is {@link #APPEND}
         * @throws IllegalArgumentException if it is for neither reading nor writing, or {@link #TRUNCATE} comes without writing
         */
        public static Set<Access> checked(Set<Access> access) {
            Set<Access> flags = EnumSet.noneOf(Access.class);
            flags.addAll(access);
            if (flags.contains(APPEND)) {
                flags.add(WRITE);
            }
            if (!flags.contains(WRITE) && !flags.contains(READ)) {
                throw new IllegalArgumentException("access: " + access + " has neither READ nor WRITE nor APPEND");
            }
            if (flags.contains(TRUNCATE) && !flags.contains(WRITE)) {
                throw new IllegalArgumentException("access: TRUNCATE needs WRITE");
            }
            return flags;
        }
    }

    /**
     * Opens a file.
     *
     * @param path its path
     * @param access what for; {@link Access#checked} says what goes together
     * @return the open file, to be closed by the caller
     * @throws java.nio.file.NoSuchFileException if it does not exist and is not to be made
     * @throws java.nio.file.FileAlreadyExistsException if it exists and {@link Access#CREATE_NEW} is asked for
     * @throws NotAFileException if a directory or a device is there
     * @throws IOException if it cannot be opened
     */
    PositionalFile openPositional(VirtualPath path, Set<Access> access) throws IOException;

    /**
     * An open file, used by one thread at a time. A file opened with {@link Access#TRUNCATE}, or made, is published at {@link #commit()} where the store
     * has {@link AtomicReplace}; one opened without is changed in place.
     */
    interface PositionalFile extends Closeable {

        /**
         * Reads.
         *
         * @param target where the bytes go
         * @param offset where they are in the file
         * @return how many were read, 1 or more, or -1 if {@code offset} is at or behind the end
         * @throws IOException if reading fails
         */
        int read(ByteBuffer target, long offset) throws IOException;

        /**
         * Writes all of the buffer's remaining bytes.
         *
         * @param source the bytes
         * @param offset where they go in the file
         * @throws IOException if writing fails
         */
        void write(ByteBuffer source, long offset) throws IOException;

        /**
         * The size now.
         *
         * @return bytes
         * @throws IOException if it cannot be told
         */
        long size() throws IOException;

        /**
         * Cuts or extends the file.
         *
         * @param size its new size
         * @throws IOException if that fails
         */
        void truncate(long size) throws IOException;

        /**
         * Returns when what was written is on the storage device.
         *
         * @throws IOException if that fails
         */
        void force() throws IOException;

        /**
         * Publishes what was written.
         *
         * @throws IOException if that fails
         */
        void commit() throws IOException;

        /** Closes the file. May be called twice. */
        @Override
        void close() throws IOException;
    }
}
