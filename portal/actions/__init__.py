"""actions: changes. An action writes its event in the same stroke as the change; it never prints and never commits."""
