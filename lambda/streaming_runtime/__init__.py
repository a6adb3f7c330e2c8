"""A runtime for Python functions that stream, which Lambda's managed one cannot (decision 0012).

``AWS_LAMBDA_EXEC_WRAPPER=/var/task/streaming_runtime/start`` starts it in place of the managed loop, with the
managed interpreter. A handler returns a value, which is posted as always, or a ``StreamedResponse``.
"""

from streaming_runtime.response import HTTP_RESPONSE, ClientGoneError, HttpStream, StreamedResponse, Write

__all__ = ["HTTP_RESPONSE", "ClientGoneError", "HttpStream", "StreamedResponse", "Write"]
