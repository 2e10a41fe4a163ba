//! Macros for a stream that wraps another one and changes only what is read: they forward `AsyncWrite` to the inner stream.
//!
//! To be used within `impl AsyncWrite`, with the name of the field.

/// `poll_write`, `poll_write_vectored`, `is_write_vectored` and `poll_flush`.
macro_rules! pass_writes_to {
    ($stream:ident) => {
        fn poll_write(
            mut self: std::pin::Pin<&mut Self>,
            cx: &mut std::task::Context<'_>,
            buf: &[u8],
        ) -> std::task::Poll<std::io::Result<usize>> {
            std::pin::Pin::new(&mut self.$stream).poll_write(cx, buf)
        }

        fn poll_write_vectored(
            mut self: std::pin::Pin<&mut Self>,
            cx: &mut std::task::Context<'_>,
            bufs: &[std::io::IoSlice<'_>],
        ) -> std::task::Poll<std::io::Result<usize>> {
            std::pin::Pin::new(&mut self.$stream).poll_write_vectored(cx, bufs)
        }

        fn is_write_vectored(&self) -> bool {
            self.$stream.is_write_vectored()
        }

        fn poll_flush(
            mut self: std::pin::Pin<&mut Self>,
            cx: &mut std::task::Context<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::pin::Pin::new(&mut self.$stream).poll_flush(cx)
        }
    };
}

/// `poll_shutdown`.
macro_rules! pass_shutdown_to {
    ($stream:ident) => {
        fn poll_shutdown(
            mut self: std::pin::Pin<&mut Self>,
            cx: &mut std::task::Context<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::pin::Pin::new(&mut self.$stream).poll_shutdown(cx)
        }
    };
}

pub(crate) use {pass_shutdown_to, pass_writes_to};
