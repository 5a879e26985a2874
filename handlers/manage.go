package handlers

// importPath is where files are uploaded; only there a request may be larger.
const importPath = "/kelola/impor"

func (s *Server) manageRoutes() []route { return nil }
